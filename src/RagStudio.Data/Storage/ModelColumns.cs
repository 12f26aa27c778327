using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>What statements that EF does not write need of its model.</summary>
internal static class ModelColumns
{
    /// <summary>Renders the name of a table, with its schema if it has one.</summary>
    public static string Table(this DbContext context, string table) =>
        context.GetService<ISqlGenerationHelper>().DelimitIdentifier(table, context.EntityOf(table).GetSchema());

    /// <summary>The mappings of a table's columns, by name.</summary>
    public static Dictionary<string, RelationalTypeMapping> ColumnsOf(this DbContext context, string table) =>
        context
            .EntityOf(table)
            .GetProperties()
            .ToDictionary(property => property.GetColumnName(), property => property.GetRelationalTypeMapping());

    /// <summary>
    /// Runs a statement whose parameters are named after columns of a table. Values are those of the model.
    /// </summary>
    public static async Task<int> ExecuteAsync(
        this DbContext context,
        string table,
        string sql,
        IReadOnlyList<(string Column, object? Value)> values,
        CancellationToken cancellationToken
    )
    {
        var columns = context.ColumnsOf(table);
        using var command = context.Database.GetDbConnection().CreateCommand();
        var parameters = values.Select(value =>
            columns[value.Column].CreateParameter(command, $"@{value.Column}", value.Value, nullable: true)
        );
        return await context
            .TypeErrorsAsync(() => context.Database.ExecuteSqlRawAsync(sql, parameters.ToArray(), cancellationToken))
            .ConfigureAwait(false);
    }

    private static IEntityType EntityOf(this DbContext context, string table) =>
        context.Model.GetEntityTypes().Single(entity => entity.GetTableName() == table);
}
