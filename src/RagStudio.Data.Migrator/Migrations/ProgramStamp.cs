using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// A value that changes with the builds of a program's migrations and with the recorded checksums. A start
/// with the same stamp does not need to compute the checksums, which creates every migration. Only a stamp
/// that was written after a comparison is trusted.
/// </summary>
internal sealed class ProgramStamp
{
    /// <summary>
    /// FNV-1a. A cryptographic hash would load its library, which alone takes a tenth of a start, although
    /// there is no attacker to defend against.
    /// </summary>
    private const ulong OffsetBasis = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    /// <summary>
    /// The number of stamps kept, so that two or three builds of a program that start in turn on one database
    /// each find their own.
    /// </summary>
    private const int MaxKept = 4;

    private ulong _hash = OffsetBasis;

    private ProgramStamp() { }

    /// <summary>Computes the stamp of a database's migrations and their recorded checksums.</summary>
    public static string Compute(IMigrationDatabase database, IReadOnlyDictionary<string, string> checksums)
    {
        var stamp = new ProgramStamp();
        stamp.Add(database.EFProvider);
        foreach (var migration in database.Migrations)
        {
            stamp.Add(migration, checksums.GetValueOrDefault(migration.Version));
        }
        return stamp._hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>True if a database has stored the stamp.</summary>
    public static bool IsIn(string? kept, string stamp) =>
        kept is not null && kept.Split(' ').Contains(stamp, StringComparer.Ordinal);

    /// <summary>Returns the stamps to store: this one, and the newest of the stored ones.</summary>
    public static string AddTo(string? kept, string stamp) =>
        kept is null ? stamp : string.Join(' ', kept.Split(' ').Prepend(stamp).Take(MaxKept));

    private void Add(KnownMigration migration, string? checksum)
    {
        Add(migration.Version);
        Add(migration.Type.FullName);
        Add(checksum);
        if (migration.Source is { } archived)
        {
            Add(archived.Checksum);
            return;
        }
        Module? last = null;
        for (var type = migration.Type; type is not null && type != typeof(Migration); type = type.BaseType)
        {
            if (type.Module != last)
            {
                last = type.Module;
                Add(last.ModuleVersionId.ToString());
            }
        }
    }

    /// <summary>
    /// Other sources produce a build with a different id:
    /// https://learn.microsoft.com/dotnet/api/system.reflection.module.moduleversionid.
    /// </summary>
    private void Add(string? text)
    {
        foreach (var c in text ?? "")
        {
            Add(c);
        }
        Add(text is null ? '\u0001' : '\0');
    }

    private void Add(char c) => _hash = unchecked((_hash ^ c) * Prime);
}
