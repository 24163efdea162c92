/**
 * Measurements of {@code policy} beside the machine's floor and beside other people's programs,
 * each in turns with what it is compared to. Knows no actor and no command line.
 */
package io.amalgam.actors.bench;
