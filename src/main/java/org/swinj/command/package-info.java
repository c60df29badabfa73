/**
 * One SciJava command per menu entry: parameters, one call, outputs. Field names are the macro API
 * and the options of the shell launcher.
 */
package org.swinj.command;
