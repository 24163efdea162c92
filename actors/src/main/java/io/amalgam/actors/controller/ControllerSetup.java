package io.amalgam.actors.controller;

import io.amalgam.actors.cluster.RunListener;
import io.amalgam.actors.cluster.RunOutcome;
import io.amalgam.verifiers.curriculum.ProblemSchedule;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a controller is made of.
 *
 * @param schedule which problem comes next
 * @param groupSize members of a group
 * @param groupsPerStep groups of a batch
 * @param spareGroups finished groups beyond one batch that may lie waiting
 * @param maxStaleness the staleness bound
 * @param maxAttempts attempts a group may have in all
 * @param leaseTimeout longest time that a leased group may go without progress of its generator
 * @param stallTimeout longest time without any finished group
 * @param steps optimiser steps after which the run ends; 0 = no limit
 * @param budget training time after which the run ends
 * @param tick interval of the regular checks
 * @param resumed whether the run goes on from a checkpoint
 * @param note what a person should know about the start
 * @param listener hears every event
 * @param end is told the outcome, once
 */
public record ControllerSetup(
    ProblemSchedule schedule,
    int groupSize,
    int groupsPerStep,
    int spareGroups,
    int maxStaleness,
    int maxAttempts,
    Duration leaseTimeout,
    Duration stallTimeout,
    int steps,
    Duration budget,
    Duration tick,
    boolean resumed,
    String note,
    RunListener listener,
    Consumer<RunOutcome> end) {}
