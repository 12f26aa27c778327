using Microsoft.Data.Sqlite;

// Usage: <database file> <statement>. Exit code 0, or 1 with SQLite's message on stderr.
try
{
    var source = new SqliteConnectionStringBuilder
    {
        DataSource = args[0],
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
        DefaultTimeout = 1,
    };
    using var connection = new SqliteConnection(source.ToString());
    connection.Open();
    using var command = new SqliteCommand(args[1], connection);
    command.ExecuteNonQuery();
    return 0;
}
catch (SqliteException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
