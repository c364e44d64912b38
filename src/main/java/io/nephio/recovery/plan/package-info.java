/** What to do about it: incidents, identity and names, limits, the decision. Pure. */
@NullMarked
package io.nephio.recovery.plan;

import org.jspecify.annotations.NullMarked;
