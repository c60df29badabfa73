/** Open images, dialogs, progress, cancelling and failures as Fiji's users know them. */
package org.swinj.fiji;
