/** The training loop, losses, learning-rate schedules and the optimiser. */
package org.swinj.training;
