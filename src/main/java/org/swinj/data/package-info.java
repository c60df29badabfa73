/** Volumes, their geometry, the files they come from, and the crops that training takes from them. */
package org.swinj.data;
