/** The launcher behind {@code scripts/swinj}: the commands' own parameters as key=value. */
package org.swinj.cli;
