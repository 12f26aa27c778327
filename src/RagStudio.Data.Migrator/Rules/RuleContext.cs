using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>The context in which a rule is evaluated. Not safe for use from several threads at once.</summary>
public sealed class RuleContext
{
    private readonly RuleDatabases _databases;
    private readonly RuleFindings _findings;
    private Action _end = () => { };

    internal RuleContext(string database, RuleDatabases databases, RuleFindings findings) =>
        (Database, _databases, _findings) = (database, databases, findings);

    /// <summary>The name of the database that the rule belongs to.</summary>
    public string Database { get; }

    /// <summary>The token that is canceled when the evaluation must stop.</summary>
    public CancellationToken CancellationToken => _databases.Limits.Token;

    /// <summary>Runs a query on the rule's own database.</summary>
    /// <param name="sql">The query; one that writes is refused.</param>
    /// <param name="forEach">Called for each row.</param>
    /// <param name="parameters">The values of the query's parameters.</param>
    /// <returns>A task that ends when every row was read.</returns>
    public Task QueryAsync(
        string sql,
        Action<IDataRow> forEach,
        params IReadOnlyList<(string Name, object Value)> parameters
    ) => QueryAsync(Database, sql, forEach, parameters);

    /// <summary>Runs a query on a database of the set that the rule declares in its tables.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="sql">The query; one that writes is refused.</param>
    /// <param name="forEach">Called for each row.</param>
    /// <param name="parameters">The values of the query's parameters.</param>
    /// <returns>A task that ends when every row was read.</returns>
    public Task QueryAsync(
        string database,
        string sql,
        Action<IDataRow> forEach,
        params IReadOnlyList<(string Name, object Value)> parameters
    ) => _databases.ReaderOf(database).QueryAsync(sql, parameters, forEach, _databases.Limits);

    /// <summary>Quotes an identifier for a query.</summary>
    /// <param name="identifier">The name of a column, or of a table without a schema.</param>
    /// <returns>The quoted name.</returns>
    public string Quote(string identifier) => _databases.ReaderOf(Database).Quote(identifier);

    /// <summary>Quotes the name of a table for a query.</summary>
    /// <param name="table">The table, with its schema if it has one.</param>
    /// <returns>The quoted name.</returns>
    public string QuoteTable(string table) => _databases.ReaderOf(Database).QuoteTable(table);

    /// <summary>Gets the present schema of a table of the rule's own database.</summary>
    /// <param name="table">A table that the rule declares.</param>
    /// <returns>The table.</returns>
    public TableSchema Table(string table) => _databases.SchemaOf(Database).Find(table)!;

    /// <summary>
    /// Gets the expression that names a row of a table in reports: the primary key if it is one column, else its
    /// columns joined by <c>/</c>; <c>NULL</c> without one.
    /// </summary>
    /// <param name="table">A table that the rule declares.</param>
    /// <param name="alias">The alias of the table in the query; empty if it has none.</param>
    /// <returns>The expression.</returns>
    public string KeyOf(string table, string alias = "")
    {
        var prefix = alias.Length == 0 ? "" : Quote(alias) + ".";
        var key = Table(table).PrimaryKey;
        return key.Count == 0 ? "NULL" : string.Join(" || '/' || ", key.Select(column => prefix + Quote(column)));
    }

    /// <summary>
    /// Registers an action of a <see cref="RowRule"/> to run after the last row, such as waiting for work on other
    /// threads. It is not called if the pass ends early.
    /// </summary>
    /// <param name="end">The action, which runs on the thread of the pass.</param>
    public void AtEnd(Action end) => _end += end;

    internal void End() => _end();

    /// <summary>Reports one violation of the rule. All are counted, the first are kept.</summary>
    /// <param name="kind">The kind of error.</param>
    /// <param name="table">The table.</param>
    /// <param name="id">The row; <see langword="null"/> if it is no single one.</param>
    /// <param name="detail">The description, which must not contain the content of a row.</param>
    /// <param name="isConstraint">
    /// True if a constraint of the table forbids the row. The storage's own check also counts such a row, without its
    /// name; the rule then reports it once, however many violations it has.
    /// </param>
    public void Report(ValidationErrorKind kind, string table, string? id, string detail, bool isConstraint = false) =>
        _findings.Add(kind, table, id, detail, isConstraint);
}
