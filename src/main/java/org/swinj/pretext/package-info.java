/**
 * The puzzles of self-supervised training: unlabelled crops, turned, spoiled and masked, and what
 * is to be found out about them.
 */
package org.swinj.pretext;
