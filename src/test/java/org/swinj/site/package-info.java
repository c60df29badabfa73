/** What update-site/publish needs beside ImageJ's updater: which jars a Fiji lacks, and whether they fit. */
package org.swinj.site;
