using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Keep;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.PostgreSql.Validate;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>What the steps of one run share.</summary>
/// <param name="connection">The run's connection.</param>
/// <param name="source">Connects a second session, for what is not part of the transaction.</param>
/// <param name="watch">Creates the observation of a migration's rows.</param>
/// <param name="ledger">Writes the migrator's tables of a database.</param>
/// <param name="observer">The observer of the migrations.</param>
/// <param name="keeper">Keeps what the migrations drop.</param>
/// <param name="allowsUnrepeatable">True to execute statements after the commit that nobody can repeat.</param>
/// <param name="target">The first schema of the <c>search_path</c>.</param>
/// <param name="isTransaction">True if the run is one transaction; otherwise each migration is.</param>
/// <param name="isScratch">True if nothing may reach beyond the database.</param>
internal sealed class StepRun(
    NpgsqlConnection connection,
    ConnectionSource source,
    Func<IMigrationObserver, WatchedRows> watch,
    Func<IPostgreSqlDatabase, CancellationToken, Task<HistoryWriter>> ledger,
    IMigrationObserver observer,
    RunKeeper keeper,
    bool allowsUnrepeatable,
    string target,
    bool isTransaction,
    bool isScratch
)
{
    private readonly List<FollowingStatement> _following = [];

    public bool IsTransaction => isTransaction;

    public RunKeeper Keeper => keeper;

    public bool IsReverting => observer.IsReverting;

    /// <summary>The statements that have to follow the commit, in order.</summary>
    public IReadOnlyList<FollowingStatement> Following => _following;

    /// <summary>True if the driver does not know all types: a migration may have created one.</summary>
    public bool HasNewTypes { get; set; }

    /// <summary>The schema of the migrator's tables of a database.</summary>
    public string SchemaOf(IPostgreSqlDatabase database) => StateReader.SchemaOf(database, target);

    public WatchedRows Watch() => watch(observer);

    public Task<HistoryWriter> WriterAsync(IPostgreSqlDatabase database, CancellationToken cancellationToken) =>
        ledger(database, cancellationToken);

    /// <summary>Finds the way in which a command takes part in the run.</summary>
    public IEnumerable<StepCommand> Arrange(StepCommand command, TimeSpan? limit)
    {
        var statements = Tokens.Split(command.CommandText);
        HasNewTypes |= statements.Any(CreatesType);
        var parts = statements.Select(OutsideStatement.Read).ToArray();
        if (!isTransaction)
        {
            return [Array.Find(parts, NeedsConsent) is { } refused ? RefuseUnrepeatable(refused) : command];
        }
        return parts.Any(part => part.Kind != OutsideKind.Inside)
            ? parts.Select(part => Arrange(command, part, limit))
            : [command.TransactionSuppressed ? command.InTransaction() : command];
    }

    private static bool CreatesType(string sql) =>
        Tokens.Read(sql) is [var create, var what, ..]
        && create.Is("CREATE")
        && (what.Is("TYPE") || what.Is("DOMAIN") || what.Is("EXTENSION"));

    private StepCommand Arrange(StepCommand command, OutsideStatement part, TimeSpan? limit) =>
        part.Kind switch
        {
            OutsideKind.Inside => command.Part(part.Sql),
            OutsideKind.EnumValue => StepCommand.From(part.Sql, () => AddEnumValue(part)),
            OutsideKind.CreateIndex => StepCommand.From(part.Sql, () => CreateIndex(part, limit)),
            OutsideKind.Maintenance or OutsideKind.Unrepeatable when isScratch && part.ReachesServer =>
                StepCommand.From(part.Sql, () => { }),
            OutsideKind.DropIndex or OutsideKind.Maintenance => StepCommand.From(part.Sql, () => Follow(part, limit)),
            OutsideKind.Unrepeatable when NeedsConsent(part) => RefuseUnrepeatable(part),
            OutsideKind.Unrepeatable => StepCommand.From(
                part.Sql,
                () => _following.Add(new FollowingStatement(part.Sql, limit, Starts: 0))
            ),
            _ => Refuse(part, "would begin or end a transaction, and a run is one. Leave it out of the migration"),
        };

    private bool NeedsConsent(OutsideStatement part) => part.Kind == OutsideKind.Unrepeatable && !allowsUnrepeatable;

    private static StepCommand RefuseUnrepeatable(OutsideStatement part) =>
        Refuse(
            part,
            "cannot be part of a transaction, and no run can tell what a repetition of it would do. "
                + "To execute it, pass --allow-unrepeatable-statements or set AllowUnrepeatableStatements; or run it by hand, and leave it out of the migration"
        );

    private static StepCommand Refuse(OutsideStatement part, string reason) =>
        StepCommand.From(part.Sql, () => throw new NotSupportedException($"This statement {reason}: {part.Sql}"));

    /// <summary>
    /// A value can be used only after the transaction that added it. Added by a session beside, it stays if the run fails,
    /// where nobody uses it, and is there already when the run is repeated.
    /// </summary>
    private void AddEnumValue(OutsideStatement statement)
    {
        try
        {
            // The run's own commit follows, and waits for a standby for both.
            Beside(other => other.Execute($"SET synchronous_commit = local; {statement.Sql}"));
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.DuplicateObject) { }
        catch (PostgresException failure)
            when (failure.SqlState is PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.InvalidSchemaName
                && statement.EnumValue is not null
            )
        {
            // Nobody else knows a type yet that this run has created.
            EnumRebuild.Add(connection, statement.EnumValue);
            HasNewTypes = true;
        }
    }

    /// <summary>
    /// Nobody uses a table yet that this run has created. An index that follows needs a name, by which the next start sees
    /// if a killed run has created it.
    /// </summary>
    private void CreateIndex(OutsideStatement index, TimeSpan? limit)
    {
        if (index.Table is { } table && IsNew(table))
        {
            connection.Execute(index.WithoutConcurrently);
            return;
        }
        var taken = _following
            .Select(one => one.Creates?.Index.Name)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var future = IndexTrial.Run(connection, index, taken);
        var sql = index.Index is null && future is not null ? index.Named(future.Index.Name!).Sql : index.Sql;
        _following.Add(new FollowingStatement(sql, limit) { Creates = future });
    }

    private void Follow(OutsideStatement statement, TimeSpan? limit) =>
        _following.Add(
            new FollowingStatement(statement.Sql, limit)
            {
                Drops = statement.Kind == OutsideKind.DropIndex ? IndexTrial.Find(connection, statement) : null,
            }
        );

    private bool IsNew(string table)
    {
        var isNew = false;
        Beside(other =>
            isNew = other.Query("SELECT pg_catalog.to_regclass($1) IS NULL", row => row.GetBoolean(0), table).Single()
        );
        return isNew;
    }

    private void Beside(Action<NpgsqlConnection> work)
    {
        using var other = source.CreateFor(source.Address.Database);
        other.Open();
        work(other);
    }
}
