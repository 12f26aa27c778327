using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Migrator.Relocate;

/// <summary>The hash by which the content of all tables is recognized.</summary>
internal static class RelocatedContent
{
    public static string HashOf(IEnumerable<RelocatedTable> tables) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Concat(
                        tables
                            .OrderBy(table => table.Table, StringComparer.Ordinal)
                            .Select(table =>
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{table.Table}\n{table.Rows}\n{table.Hash}\n"
                                )
                            )
                    )
                )
            )
        );
}
