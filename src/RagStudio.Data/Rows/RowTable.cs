using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>A table of a context, as its model describes it.</summary>
internal sealed class RowTable
{
    private readonly IEntityType _entity;
    private readonly ISqlGenerationHelper _sql;

    private RowTable(DbContext context, IEntityType entity)
    {
        (Context, _entity) = (context, entity);
        _sql = context.GetService<ISqlGenerationHelper>();
        Name = entity.GetTableName()!;
        Columns = [.. entity.GetProperties().Select(property => new RowColumn(property))];
    }

    public DbContext Context { get; }

    public string Name { get; }

    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The table's name in a statement.</summary>
    public string Sql => Render(_entity);

    /// <summary>The tables of a context, each after those that it refers to.</summary>
    public static IReadOnlyList<RowTable> Of(DbContext context)
    {
        var left = context
            .Model.GetEntityTypes()
            .OrderBy(entity => entity.GetTableName(), StringComparer.Ordinal)
            .ToList();
        var tables = new List<RowTable>();
        while (left.Count > 0)
        {
            var next = left.First(entity =>
                entity
                    .GetForeignKeys()
                    .All(key => key.PrincipalEntityType == entity || !left.Contains(key.PrincipalEntityType))
            );
            left.Remove(next);
            tables.Add(new RowTable(context, next));
        }
        return tables;
    }

    /// <summary>A query for all rows in the order of their keys, whose columns are those of the table.</summary>
    public string Select() =>
        $"SELECT {List(Columns.Select(column => column.Name))} FROM {Sql} "
        + $"ORDER BY {List(_entity.FindPrimaryKey()!.Properties.Select(key => key.GetColumnName()))}";

    /// <summary>Queries for the number of rows that refer to a missing one, one for each reference.</summary>
    public IEnumerable<string> Orphans() =>
        from key in _entity.GetForeignKeys()
        let pairs = key.Properties.Zip(key.PrincipalKey.Properties)
        let given = pairs.Select(pair => $"c.{Quote(pair.First)} IS NOT NULL")
        let equal = pairs.Select(pair => $"p.{Quote(pair.Second)} = c.{Quote(pair.First)}")
        select $"SELECT count(*) FROM {Sql} AS c WHERE {string.Join(" AND ", given)} "
            + $"AND NOT EXISTS (SELECT 1 FROM {Render(key.PrincipalEntityType)} AS p WHERE {string.Join(" AND ", equal)})";

    /// <summary>Hands each row of a query to a function, within the context's transaction.</summary>
    /// <returns>The number of rows.</returns>
    public async Task<long> ReadAsync(
        string query,
        Func<DbDataReader, ValueTask> take,
        CancellationToken cancellationToken
    )
    {
        using var command = CreateCommand(query);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        var rows = 0L;
        for (; await reader.ReadAsync(cancellationToken).ConfigureAwait(false); rows++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await take(reader).ConfigureAwait(false);
        }
        return rows;
    }

    /// <summary>Reads the number that a query returns, within the context's transaction.</summary>
    public async Task<long> CountAsync(string query, CancellationToken cancellationToken)
    {
        using var command = CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private DbCommand CreateCommand(string query)
    {
        var command = Context.Database.GetDbConnection().CreateCommand();
        command.Transaction = Context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = query;
        return command;
    }

    private string Render(IEntityType entity) => _sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());

    private string Quote(IProperty property) => _sql.DelimitIdentifier(property.GetColumnName());

    private string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(_sql.DelimitIdentifier));
}
