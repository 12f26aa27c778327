using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Scripts;

/// <summary>A database of the first release with rows, created by plain EF, to be copied.</summary>
internal sealed class ScriptTemplate : IDisposable
{
    private const string Fill = """
        INSERT INTO parents (id, name, extra) VALUES (1, 'ann', 'a'), (2, 'bob', 'b'), (3, 'cid', 'c'), (4, 'dan', 'd');
        DELETE FROM parents WHERE id = 4;
        INSERT INTO children (id, parent_id, note) VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z'), (4, 3, 'w');
        INSERT INTO loose (id, parent_id) VALUES (1, 1), (2, 2), (3, NULL);
        PRAGMA journal_mode = DELETE;
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _file;

    public ScriptTemplate() => _file = new(Create);

    public string CopyTo(TemporaryFolder folder)
    {
        var copy = Path.Combine(folder.Path, "script.db");
        File.Copy(_file.Value, copy);
        return copy;
    }

    /// <summary>Opens a copy in memory, where EF's many commits take no time.</summary>
    public SqliteConnection Open()
    {
        using var file = new SqliteConnection($"Data Source={_file.Value};Pooling=False");
        var memory = new SqliteConnection("Data Source=:memory:");
        file.Open();
        memory.Open();
        file.BackupDatabase(memory);
        return memory;
    }

    public void Dispose() => _folder.Dispose();

    private string Create()
    {
        var file = Path.Combine(_folder.Path, "template.db");
        var options = new DbContextOptionsBuilder().UseSqlite($"Data Source={file};Pooling=False").Options;
        using var context = new ScriptContext(options);
        context.Database.Migrate("20260101000000_Create");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(Fill, connection);
        command.ExecuteNonQuery();
        return file;
    }
}
