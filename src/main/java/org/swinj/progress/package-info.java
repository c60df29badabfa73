/** How long tasks report progress and learn that they should stop. */
package org.swinj.progress;
