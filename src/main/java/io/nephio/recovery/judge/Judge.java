package io.nephio.recovery.judge;

import java.util.List;

/** One section of the recovery flow. */
interface Judge {
  List<Finding> judge(Scene scene);
}
