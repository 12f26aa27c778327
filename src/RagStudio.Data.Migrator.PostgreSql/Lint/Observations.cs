using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Apply;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>What was observed of each pending migration.</summary>
internal sealed class Observations(IReadOnlyList<string> pending)
{
    private readonly Dictionary<string, List<TableEffect>> _effects = pending.ToDictionary(
        version => version,
        _ => new List<TableEffect>()
    );
    private Dictionary<long, Relation> _tables = [];
    private string _at = pending[0];
    private MigrationFinding? _failure;

    /// <summary>The tables that exist before the pending migrations, which are those that others use.</summary>
    public IReadOnlyCollection<Relation> Tables => _tables.Values;

    public async Task RunAsync(ScratchReplay replay, LintRequest request, CancellationToken cancellationToken)
    {
        _tables = CatalogState
            .Read(replay.Connection)
            .Relations.Values.Where(relation => relation.IsTable)
            .ToDictionary(table => table.Oid);
        var observer = new StatementObserver(replay.Connection);
        var following = new List<(string Version, string Statement)>();
        foreach (var version in request.Pending)
        {
            _at = version;
            var steps = new LintSteps(replay.Connection, observer);
            await replay.RunAsync(version, request.CodeFor, steps, cancellationToken).ConfigureAwait(false);
            _effects[version].AddRange(observer.Take());
            following.AddRange(steps.Following.Select(statement => (version, statement)));
        }
        foreach (var (version, statement) in following)
        {
            _at = version;
            observer.Execute(statement);
            _effects[version].AddRange(observer.Take());
        }
    }

    /// <summary>Notes why the locks from here on are not known.</summary>
    public void Fail(Exception failure)
    {
        var reason = failure is PostgresException refused
            ? $"{refused.MessageText} (SQLSTATE {refused.SqlState})"
            : failure.Message.TrimEnd('.');
        _failure = new MigrationFinding(
            _at,
            new PlanFinding(
                PlanFindingKind.LocksNotChecked,
                Table: null,
                Column: null,
                Rows: 0,
                IsDestructive: false,
                $"was not checked for locks, nor were those after it: {reason}"
            )
        );
    }

    public IReadOnlyList<MigrationFinding> Describe(
        Func<Relation, string> nameOf,
        IReadOnlyDictionary<(string Schema, string Name), LiveSize> sizes
    ) =>
        [
            .. from version in pending
            from finding in LockFindings.Find(
                _effects[version],
                oid => _tables.TryGetValue(oid, out var table) ? nameOf(table) : null,
                oid => sizes.TryGetValue((_tables[oid].Schema, _tables[oid].Name), out var size) ? size : null
            )
            select new MigrationFinding(version, finding),
            .. _failure is null ? [] : new[] { _failure },
        ];
}
