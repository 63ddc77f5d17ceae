"""Many runs: every row as it would be alone, none lost and none twice, whoever does them and dies of it."""
