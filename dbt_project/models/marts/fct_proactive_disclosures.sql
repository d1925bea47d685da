{{ wide_fact() }}
