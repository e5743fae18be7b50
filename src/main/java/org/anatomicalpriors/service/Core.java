package org.anatomicalpriors.service;

import org.anatomicalpriors.isolation.CoreLoader;

/** The core of this process, loaded when it is first asked for. */
final class Core {

  private static Backend backend;

  private Core() {}

  /**
   * @throws org.anatomicalpriors.InvalidInputException if the installation is not complete
   */
  static synchronized Backend backend() {
    if (backend == null)
      backend = CoreLoader.load(Backend.class, "org.anatomicalpriors.fiji.FijiBackend");
    return backend;
  }
}
