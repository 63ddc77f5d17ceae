"""Everything about the package stands in setup.cfg."""

from setuptools import find_packages, setup

# The scenario files live at the top of the project and are installed inside the package.
setup(packages=[*find_packages(include=["simulation", "simulation.*"]), "simulation.scenario_files"])
