namespace RagStudio.Data.Migrator;

/// <summary>
/// A rule written in SQL: a query that finds violations. Its first column names the row, the second describes the
/// error; each row of the result is one error.
/// </summary>
public sealed class SqlRule : QueryRule
{
    private readonly string _sql;
    private readonly ValidationErrorKind _kind;

    /// <summary>Declares a rule.</summary>
    /// <param name="name">The rule's name in reports. It must not change between versions of the program.</param>
    /// <param name="tables">
    /// The tables and columns that the query reads, all of one database. Errors are reported for the first table.
    /// </param>
    /// <param name="sql">The query, in the SQL of the storage. It must return two columns and must not write.</param>
    /// <param name="kind">The kind of errors that it finds.</param>
    /// <exception cref="ArgumentException">There is no table, or one of another database.</exception>
    public SqlRule(
        string name,
        IReadOnlyList<RuleTable> tables,
        string sql,
        ValidationErrorKind kind = ValidationErrorKind.Rule
    )
        : base(name, tables)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        if (tables.Count == 0 || tables.Any(table => table.Database is not null))
        {
            throw new ArgumentException(
                $"The rule '{name}' needs tables, all of them in its database.",
                nameof(tables)
            );
        }
        (_sql, _kind) = (sql, kind);
    }

    /// <inheritdoc/>
    public override Task EvaluateAsync(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.QueryAsync(
            _sql,
            row => context.Report(_kind, Tables[0].Table, row.IsNull(0) ? null : row.GetString(0), row.GetString(1))
        );
    }
}
