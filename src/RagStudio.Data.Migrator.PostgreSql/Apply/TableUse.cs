using System.Globalization;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>A transaction of another session that holds a lock which a run has to wait for.</summary>
/// <param name="Table">The quoted name of the table.</param>
/// <param name="Transaction">The transaction: no other one ever has the same name, as long as the server runs.</param>
/// <param name="Process">The process of the session; <see langword="null"/> for a prepared transaction.</param>
internal readonly record struct TableUse(string Table, string Transaction, int? Process)
{
    public string User =>
        Process is { } process
            ? string.Create(CultureInfo.InvariantCulture, $"the session of process {process}")
            : "a prepared transaction";
}
