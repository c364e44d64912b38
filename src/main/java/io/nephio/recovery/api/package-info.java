/** What users write and read: the kinds ClusterPolicy and Remediation. */
@NullMarked
package io.nephio.recovery.api;

import org.jspecify.annotations.NullMarked;
