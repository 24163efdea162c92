/** What to do next, how stale is allowed, and the ledger of every group. */
@NullMarked
package io.amalgam.actors.controller;

import org.jspecify.annotations.NullMarked;
