using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>Collects the tables that statements touch, and what their notifications do not tell.</summary>
internal sealed class TouchedNames
{
    private const long FullAutoVacuum = 1;

    /// <summary>
    /// The pragmas that change no page of a table, or only pages of tables that SQLite names separately
    /// (https://sqlite.org/pragma.html).
    /// </summary>
    private static readonly HashSet<string> HarmlessPragmas = new(StringComparer.OrdinalIgnoreCase)
    {
        "analysis_limit",
        "application_id",
        "automatic_index",
        "busy_timeout",
        "cache_size",
        "cache_spill",
        "case_sensitive_like",
        "cell_size_check",
        "checkpoint_fullfsync",
        "collation_list",
        "compile_options",
        "count_changes",
        "data_version",
        "database_list",
        "defer_foreign_keys",
        "encoding",
        "foreign_key_check",
        "foreign_key_list",
        "foreign_keys",
        "freelist_count",
        "fullfsync",
        "function_list",
        "hard_heap_limit",
        "ignore_check_constraints",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "journal_mode",
        "journal_size_limit",
        "legacy_alter_table",
        "locking_mode",
        "max_page_count",
        "mmap_size",
        "module_list",
        "optimize",
        "page_count",
        "pragma_list",
        "query_only",
        "quick_check",
        "read_uncommitted",
        "recursive_triggers",
        "reverse_unordered_selects",
        "secure_delete",
        "shrink_memory",
        "soft_heap_limit",
        "synchronous",
        "table_info",
        "table_list",
        "table_xinfo",
        "temp_store",
        "threads",
        "trusted_schema",
        "user_version",
        "wal_autocheckpoint",
        "wal_checkpoint",
    };

    /// <summary>The pragmas that change something only if they are given a value.</summary>
    private static readonly HashSet<string> HarmlessQueries = new(StringComparer.OrdinalIgnoreCase)
    {
        "auto_vacuum",
        "schema_version",
    };

    private readonly HashSet<string> _names = new(SqliteNameComparer.Instance);
    private readonly HashSet<string> _indexes = new(SqliteNameComparer.Instance);
    private string? _gap;

    public void Add(string table) => _names.Add(table);

    public void AddTableOf(string index) => _indexes.Add(index);

    /// <param name="pragma">Its name.</param>
    /// <param name="value">The argument; <see langword="null"/> if it only reads.</param>
    public void AddPragma(string pragma, string? value)
    {
        if (!HarmlessPragmas.Contains(pragma) && (value is not null || !HarmlessQueries.Contains(pragma)))
        {
            Miss($"PRAGMA {pragma} was used");
        }
    }

    /// <summary>Records that something may have been changed unseen; the first reason is kept.</summary>
    public void Miss(string gap) => _gap ??= gap;

    /// <summary>Adds what belongs to the tables, now that the schema is final.</summary>
    public TouchedTables Complete(SqliteConnection connection)
    {
        if (connection.Number("PRAGMA auto_vacuum") == FullAutoVacuum)
        {
            Miss("SQLite moves pages of other tables when it shrinks the file (auto_vacuum)");
        }
        if (_gap is not null)
        {
            return TouchedTables.Unknown(_gap);
        }
        var owners = connection.Query(
            "SELECT name, tbl_name FROM main.sqlite_master WHERE type = 'index'",
            row => (Index: row.Text(0)!, Table: row.Text(1)!)
        );
        _names.UnionWith(owners.Where(owner => _indexes.Contains(owner.Index)).Select(owner => owner.Table));
        AddVirtual(connection);
        // Every change of the schema is a row of it, which SQLite reports under its older name.
        _names.Remove("sqlite_master");
        _names.Add("sqlite_schema");
        return TouchedTables.Only(_names);
    }

    /// <summary>
    /// A virtual table's content is in its shadow tables, which have its name before an underscore
    /// (https://sqlite.org/vtab.html#xshadowname), and only its module can tell if that is sound.
    /// </summary>
    private void AddVirtual(SqliteConnection connection)
    {
        var tables = connection.Query(
            "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('virtual', 'shadow')",
            row => (Name: row.Text(0)!, IsVirtual: row.Text(1) == "virtual")
        );
        foreach (var (name, _) in tables.Where(table => table.IsVirtual).ToArray())
        {
            var shadows = tables.Where(table => !table.IsVirtual && IsShadow(table.Name, name)).ToArray();
            if (_names.Contains(name) || shadows.Any(shadow => _names.Contains(shadow.Name)))
            {
                _names.Add(name);
                _names.UnionWith(shadows.Select(shadow => shadow.Name));
            }
        }
    }

    private static bool IsShadow(string table, string of) =>
        table.Length > of.Length
        && table[of.Length] == '_'
        && SqliteNameComparer.Instance.Equals(table[..of.Length], of);
}
