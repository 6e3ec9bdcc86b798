"""Line mode: every job as plain numbered text. One of the doors; must not decide."""
