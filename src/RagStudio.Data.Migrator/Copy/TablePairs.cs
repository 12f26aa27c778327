using System.Data;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>
/// Finds, for each table of a context's model in one database, that of the other: by the entity types and the properties
/// that are mapped to them, because names may differ.
/// </summary>
internal sealed class TablePairs(IMigrationDatabase source, IMigrationDatabase target, IBulkRows from, IBulkRows to)
{
    /// <returns>The tables, each after those that it refers to, as far as that is possible.</returns>
    /// <exception cref="CopyRefusedException">A table or a column has no counterpart.</exception>
    public IReadOnlyList<CopyTable> Find()
    {
        var (sources, targets) = (TablesOf(source), TablesOf(target));
        var pairs = sources.Select(table => (Source: table, Target: Counterpart(table, targets))).ToArray();
        if (targets.Except(pairs.Select(pair => pair.Target)).FirstOrDefault() is { } extra)
        {
            throw Differs($"the table '{extra.Name}' is only in the model of the target");
        }
        if (target.BuildModel().Sequences.FirstOrDefault() is { } sequence)
        {
            throw Differs($"the sequence '{sequence.Name}' of the target would not be set");
        }
        return [.. TableOrder.Sort(pairs, pair => pair.Target).Select(pair => Pair(pair.Source, pair.Target))];
    }

    private static ITable[] TablesOf(IMigrationDatabase database) =>
        [.. database.BuildModel().Tables.Where(table => !table.IsExcludedFromMigrations)];

    private ITable Counterpart(ITable table, ITable[] others)
    {
        var types = TypesOf(table);
        ITable[] found = [.. others.Where(other => TypesOf(other).Overlaps(types))];
        return found.Length == 1
            ? found[0]
            : Array.Find(found, other => other.Name == table.Name)
                ?? throw Differs($"the table '{table.Name}' is only in the model of the source");
    }

    private static HashSet<string> TypesOf(ITable table) =>
        [.. table.EntityTypeMappings.Select(mapping => mapping.TypeBase.Name)];

    private CopyTable Pair(ITable table, ITable other)
    {
        IColumn[] columns = [.. table.Columns.Where(IsCopied)];
        IColumn[] others = [.. other.Columns.Where(IsCopied)];
        var pairs = columns.Select(column => (Source: column, Target: Counterpart(column, others))).ToArray();
        if (others.Except(pairs.Select(pair => pair.Target)).FirstOrDefault() is { } extra)
        {
            throw Differs($"the column '{other.Name}.{extra.Name}' is only in the model of the target");
        }
        CopyColumn[] copied = [.. pairs.Select(pair => Pair(pair.Source, pair.Target))];
        return new CopyTable(
            target,
            new BulkTable(table, source.NameOf(table.Schema, table.Name), [.. copied.Select(column => column.Source)]),
            new BulkTable(other, target.NameOf(other.Schema, other.Name), [.. copied.Select(column => column.Target)]),
            copied
        );
    }

    private CopyColumn Pair(IColumn column, IColumn other)
    {
        var (read, written) = (new BulkColumn(column, MappingOf(column)), new BulkColumn(other, MappingOf(other)));
        return new CopyColumn(read, written, from.PrecisionOf(read) | to.PrecisionOf(written));
    }

    /// <summary>What the database computes itself is not written.</summary>
    private static bool IsCopied(IColumn column) => column.ComputedColumnSql is null && !IsSystem(column);

    /// <summary>PostgreSQL has this column of every row, which no migration creates.</summary>
    private static bool IsSystem(IColumn column) => column.StoreType == "xid" && column.Name == "xmin";

    private IColumn Counterpart(IColumn column, IColumn[] others)
    {
        var properties = PropertiesOf(column);
        return Array.Find(
                others,
                other =>
                    properties.Count == 0
                        ? PropertiesOf(other).Count == 0 && other.Name == column.Name
                        : PropertiesOf(other).Overlaps(properties)
            ) ?? throw Differs($"the column '{column.Table.Name}.{column.Name}' is only in the model of the source");
    }

    private static HashSet<(string Type, string Property)> PropertiesOf(IColumn column) =>
        [.. column.PropertyMappings.Select(mapping => (mapping.Property.DeclaringType.Name, mapping.Property.Name))];

    /// <summary>A column of an owned type in JSON has no property: its text is copied.</summary>
    private static RelationalTypeMapping MappingOf(IColumn column) =>
        column.PropertyMappings is [var mapping, ..]
            ? mapping.TypeMapping
            : new StringTypeMapping(column.StoreType, DbType.String);

    private CopyRefusedException Differs(string what) =>
        new($"The models of '{source.Name}' differ in the two databases: {what}.");
}
