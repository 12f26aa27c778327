using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>Both sets, locked, with their tables.</summary>
internal sealed class CopySet
{
    private readonly LockedSet _source;
    private readonly LockedSet _target;

    /// <exception cref="CopyRefusedException">The sets do not have the same databases.</exception>
    public CopySet(LockedSet source, LockedSet target)
    {
        (_source, _target) = (source, target);
        Tables =
        [
            .. from database in target.Run.Set.Databases
            from table in new TablePairs(InSource(database), database, From(database), To(database)).Find()
            select table,
        ];
    }

    /// <summary>The tables of all databases, each after those that it refers to.</summary>
    public IReadOnlyList<CopyTable> Tables { get; }

    /// <summary>The storages of the target with their tables.</summary>
    public IEnumerable<(IBulkRows Rows, IReadOnlyList<CopyTable> Tables)> Targets =>
        Tables.GroupBy(table => To(table.Database)).Select(group => (group.Key, (IReadOnlyList<CopyTable>)[.. group]));

    /// <summary>The rows of a database of the target, in the source.</summary>
    public IBulkRows From(IMigrationDatabase database) => RowsOf(_source, InSource(database));

    /// <summary>The rows of a database of the target.</summary>
    public IBulkRows To(IMigrationDatabase database) => RowsOf(_target, database);

    /// <summary>Reads the rows and the hash of each table of the target, or of another database with its tables.</summary>
    public async Task<IReadOnlyDictionary<CopyTable, (long Rows, string Hash)>> ReadTargetAsync(
        Func<CopyTable, IBulkRows> rowsOf,
        RowCopier copier,
        CancellationToken cancellationToken
    )
    {
        var read = new Dictionary<CopyTable, (long, string)>();
        foreach (var table in Tables)
        {
            var digest = await copier.ReadTargetAsync(table, rowsOf(table), cancellationToken).ConfigureAwait(false);
            read[table] = (digest.Rows, digest.Hash);
        }
        return read;
    }

    /// <summary>A hash of what a database contains: what was copied is recognized by it.</summary>
    public static string ContentOf(IMigrationDatabase database, IEnumerable<CopiedTable> tables)
    {
        var lines = tables
            .Where(table => table.Database == database.Name)
            .OrderBy(table => table.Table, StringComparer.Ordinal)
            .Select(table =>
                string.Create(CultureInfo.InvariantCulture, $"{table.Table}\n{table.Rows}\n{table.Hash}\n")
            );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    private IMigrationDatabase InSource(IMigrationDatabase database) =>
        _source.Run.Set.Databases.FirstOrDefault(one => one.Name == database.Name)
        ?? throw new CopyRefusedException($"The source has no database '{database.Name}'.");

    private static IBulkRows RowsOf(LockedSet locked, IMigrationDatabase database) =>
        locked[database.Storage].Bulk
        ?? throw new CopyRefusedException($"The rows of '{database.Name}' cannot be copied by its provider.");
}
