/** Groups, optimiser steps and checkpoints. */
@NullMarked
package io.amalgam.actors.learner;

import org.jspecify.annotations.NullMarked;
