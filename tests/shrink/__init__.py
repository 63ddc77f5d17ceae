"""From a failing run to the smallest one."""
