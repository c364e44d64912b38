package io.nephio.recovery.cli;

import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Policy;

/** One policy's plan. */
record Planned(Policy policy, Plan plan) {}
