package io.amalgam.actors.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * One wait of the run.
 *
 * @param name what is waited for, for example {@code lease of group 17/0}
 * @param waiter who waits
 * @param owner who must act to end it
 * @param since how long it has lasted
 * @param deadline what is left until it is given up; empty when only the run's own end bounds it
 */
public record Wait(
    String name, String waiter, String owner, Duration since, Optional<Duration> deadline) {}
