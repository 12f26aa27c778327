using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>The statements that have to follow the commit of a run, as far as its migrations have come.</summary>
internal sealed class FollowUp
{
    private readonly List<FollowingStatement> _statements = [];

    public bool IsEmpty => _statements.Count == 0;

    /// <summary>True if one changes the schema in a way that <see cref="Change"/> cannot tell.</summary>
    public bool ChangesUnknown =>
        _statements.Any(statement =>
            statement.Starts is not null && !OutsideStatement.Read(statement.Sql).LeavesSchema
        );

    /// <summary>The statements as the run's row keeps them.</summary>
    public string[] Texts => [.. _statements.Select(statement => statement.ToString())];

    public void Clear() => _statements.Clear();

    public void Add(IEnumerable<FollowingStatement> statements) => _statements.AddRange(statements);

    /// <summary>The schema as it will be when they are executed.</summary>
    public DatabaseSchema Change(DatabaseSchema schema, string target) =>
        _statements.Aggregate(schema, (changed, statement) => statement.Change(changed, target));

    /// <summary>A unique index that follows the run would fail over rows that are there now.</summary>
    /// <exception cref="InvalidOperationException">There are duplicates.</exception>
    public async Task DemandNoDuplicatesAsync(NpgsqlConnection connection)
    {
        foreach (var sql in _statements.Select(statement => statement.Sql))
        {
            if (
                OutsideStatement.Read(sql).CountDuplicates() is { } count
                && await connection.ScalarAsync<long>(count, CancellationToken.None).ConfigureAwait(false)
                    is > 0
                        and var groups
            )
            {
                throw new InvalidOperationException(
                    $"A unique index that follows the migrations would fail: {groups} groups of rows have equal keys. Remove the duplicates, then try again. The statement: {sql}"
                );
            }
        }
    }
}
