using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>
/// What changes with the builds of a program's migrations and with the recorded checksums, so that a start with the same ones needs not
/// compute the checksums again, which creates every migration. Only what a run has written down after it had compared them is believed.
/// </summary>
internal sealed class ProgramStamp
{
    /// <summary>FNV-1a. A cryptographic hash would load its library, which alone takes a tenth of a start, to guard against nobody.</summary>
    private const ulong OffsetBasis = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    /// <summary>Two or three builds of a program that start in turn on one database each find their own.</summary>
    private const int MostKept = 4;

    private ulong _hash = OffsetBasis;

    private ProgramStamp() { }

    /// <summary>The stamp of a database's migrations and of the checksums that are recorded for them.</summary>
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

    /// <summary>Whether a stamp is among those that a database keeps.</summary>
    public static bool IsIn(string? kept, string stamp) =>
        kept is not null && kept.Split(' ').Contains(stamp, StringComparer.Ordinal);

    /// <summary>What a database is to keep: the stamp, and the newest that it has.</summary>
    public static string AddTo(string? kept, string stamp) =>
        kept is null ? stamp : string.Join(' ', kept.Split(' ').Prepend(stamp).Take(MostKept));

    private void Add(KnownMigration migration, string? checksum)
    {
        Add(migration.Version);
        Add(migration.Type.FullName);
        Add(checksum);
        Module? last = null;
        for (var type = migration.Type; type is not null && type != typeof(Migration); type = type.BaseType)
        {
            if (type.Module != last)
            {
                Add(last = type.Module);
            }
        }
    }

    /// <summary>A build of other sources has another id: https://learn.microsoft.com/dotnet/api/system.reflection.module.moduleversionid.</summary>
    private void Add(Module module) => Add(module.ModuleVersionId.ToString());

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
