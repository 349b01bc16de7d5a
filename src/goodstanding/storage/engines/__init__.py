"""The engines that run what `clause` describes: DuckDB inside this process, Spark where the data lives.

Each opens a table of Parquet files and answers queries over it; what a query asks is not decided here. Columns of
narrower numbers are widened, so that arithmetic overflows where CEL's does and nowhere else.
"""
