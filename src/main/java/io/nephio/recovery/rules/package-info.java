/** What is wrong with a policy or a record: over plain trees, without server and without clock. */
@NullMarked
package io.nephio.recovery.rules;

import org.jspecify.annotations.NullMarked;
