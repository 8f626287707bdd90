from setuptools import find_packages, setup

setup(
    name="shop",
    version="1.0",
    package_dir={"": "src"},
    packages=find_packages("src"),
    install_requires=["mysqlclient==2.2.4"],
    entry_points={"console_scripts": ["shop=shop.main:main"]},
)
