/** What is, as values. That something was not looked at is a value too. */
@NullMarked
package io.nephio.recovery.facts;

import org.jspecify.annotations.NullMarked;
