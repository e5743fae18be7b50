package org.anatomicalpriors.processes;

/** What is left of a process: how it ended and what it said. */
public final class EndedProcess {

  public final int exit;
  public final String out;
  public final String err;

  EndedProcess(final int exit, final String out, final String err) {
    this.exit = exit;
    this.out = out;
    this.err = err;
  }

  /** Both outputs, one after the other. */
  public String said() {
    return out + err;
  }
}
