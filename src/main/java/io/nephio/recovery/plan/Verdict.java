package io.nephio.recovery.plan;

import io.nephio.recovery.judge.Finding;
import java.util.Optional;

/**
 * A finding and its place in the plan.
 *
 * @param due whether its threshold is crossed
 * @param symptomOf the name of the remediation that covers it; empty for a root
 * @param because why it is taken for a part of that; empty for a root
 */
public record Verdict(Finding finding, boolean due, Optional<String> symptomOf, String because) {}
