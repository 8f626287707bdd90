import subprocess

import MySQLdb


def main():
    print(MySQLdb.version_info[:2], subprocess.run(["mysqldump", "--version"], capture_output=True, text=True).stdout.split()[0])
