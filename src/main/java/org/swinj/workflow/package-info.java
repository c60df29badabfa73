/** The jobs a user asks for, as plain Java objects: typed settings in, a result out. */
package org.swinj.workflow;
