using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>What a rule works with while it is evaluated. Not safe for several threads at once.</summary>
public sealed class RuleContext
{
    private readonly RuleDatabases _databases;
    private readonly RuleFindings _findings;
    private Action _end = () => { };

    internal RuleContext(string database, RuleDatabases databases, RuleFindings findings) =>
        (Database, _databases, _findings) = (database, databases, findings);

    /// <summary>The name of the database that the rule belongs to.</summary>
    public string Database { get; }

    /// <summary>Cancelled when the evaluation is to end.</summary>
    public CancellationToken CancellationToken => _databases.Limits.Token;

    /// <summary>Runs a query on the rule's own database.</summary>
    /// <param name="sql">The query; one that writes is refused.</param>
    /// <param name="forEach">Called for each row.</param>
    /// <param name="parameters">The values of the query's parameters.</param>
    /// <returns>When every row was read.</returns>
    public Task QueryAsync(
        string sql,
        Action<IDataRow> forEach,
        params IReadOnlyList<(string Name, object Value)> parameters
    ) => QueryAsync(Database, sql, forEach, parameters);

    /// <summary>Runs a query on a database of the set that the rule names in its tables.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="sql">The query; one that writes is refused.</param>
    /// <param name="forEach">Called for each row.</param>
    /// <param name="parameters">The values of the query's parameters.</param>
    /// <returns>When every row was read.</returns>
    public Task QueryAsync(
        string database,
        string sql,
        Action<IDataRow> forEach,
        params IReadOnlyList<(string Name, object Value)> parameters
    ) => _databases.ReaderOf(database).QueryAsync(sql, parameters, forEach, _databases.Limits);

    /// <summary>An identifier as it may stand in a query.</summary>
    /// <param name="identifier">The name of a table or a column.</param>
    /// <returns>The quoted name.</returns>
    public string Quote(string identifier) => _databases.ReaderOf(Database).Quote(identifier);

    /// <summary>A table of the rule's own database as it is now.</summary>
    /// <param name="table">A table that the rule names.</param>
    /// <returns>The table.</returns>
    public TableSchema Table(string table) => _databases.SchemaOf(Database).Find(table)!;

    /// <summary>
    /// What names a row of a table in reports, as an expression for a query: the primary key where it is one column, else its columns joined by
    /// <c>/</c>; <c>NULL</c> without one.
    /// </summary>
    /// <param name="table">A table that the rule names.</param>
    /// <param name="alias">What the table is called in the query; empty where it has no other name there.</param>
    /// <returns>The expression.</returns>
    public string KeyOf(string table, string alias = "")
    {
        var prefix = alias.Length == 0 ? "" : Quote(alias) + ".";
        var key = Table(table).PrimaryKey;
        return key.Count == 0 ? "NULL" : string.Join(" || '/' || ", key.Select(column => prefix + Quote(column)));
    }

    /// <summary>
    /// Lets a <see cref="RowRule"/> do something after the last row, such as waiting for what other threads still compute. Not called where the
    /// pass ends early.
    /// </summary>
    /// <param name="end">What to do, on the thread of the pass.</param>
    public void AtEnd(Action end) => _end += end;

    internal void End() => _end();

    /// <summary>Reports one thing that breaks the rule. The first are kept, all are counted.</summary>
    /// <param name="kind">The kind of error.</param>
    /// <param name="table">The table.</param>
    /// <param name="id">The row; <see langword="null"/> where it is no single one.</param>
    /// <param name="detail">What is wrong, for people: never the content of a row.</param>
    /// <param name="isConstraint">
    /// Whether a constraint of the table forbids the row: the storage's own check counts it then too, without a name, and it is to be reported once.
    /// Such a row is reported once by its rule, however much is wrong with it.
    /// </param>
    public void Report(ValidationErrorKind kind, string table, string? id, string detail, bool isConstraint = false) =>
        _findings.Add(kind, table, id, detail, isConstraint);
}
