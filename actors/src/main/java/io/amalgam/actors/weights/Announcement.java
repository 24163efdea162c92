package io.amalgam.actors.weights;

import io.amalgam.actors.wire.ControlMessage;

/**
 * A policy version that can be fetched.
 *
 * @param run identifier of the run and its present life; trajectories carry it
 * @param incarnation the life's number, part of the version's identity
 * @param version policy version
 * @param host where to fetch it; empty inside one JVM
 * @param port TCP port; 0 inside one JVM
 */
public record Announcement(String run, long incarnation, long version, String host, int port)
    implements ControlMessage {}
