using System.Text;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>Chunks of a thousand characters of words, which an index of full-text search has to take apart.</summary>
internal static class WrittenChunks
{
    private const int ChunksEach = 100;
    private const int Characters = 1000;
    private const int Words = 20_000;

    /// <summary>Fills <c>app_meta.db</c> in a few statements: FTS5 writes what it has at the end of each.</summary>
    public static void Write(SqliteConnection connection, int count)
    {
        var random = new Random(1);
        var words = Enumerable.Range(0, Words).Select(_ => Word(random)).ToArray();
        connection.CreateFunction("text_of", (long _) => Text(words, random));
        Execute(
            connection,
            count,
            """
            INSERT INTO knowledge_bases (id, name, status, embedder_model, metadata, created_at, updated_at)
            VALUES ('kb', 'kb', 'active', 'all-MiniLM-L6-v2', '{}', @now, @now);
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @count / @each)
            INSERT INTO documents (id, kb_id, title, source_path, content_hash, created_at, updated_at)
            SELECT printf('0198c0de-6666-7000-8000-%012d', i), 'kb', printf('document %d', i), '/p', @hash, @now, @now FROM n;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @count)
            INSERT INTO document_chunks (id, document_id, kb_id, chunk_index, content, content_hash, created_at)
            SELECT printf('0198c0de-7777-7000-8000-%012d', i), printf('0198c0de-6666-7000-8000-%012d', i / @each), 'kb',
                i % @each, text_of(i), @hash, @now FROM n;
            """
        );
    }

    private static void Execute(SqliteConnection connection, int count, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("@count", count);
        command.Parameters.AddWithValue("@each", ChunksEach);
        command.Parameters.AddWithValue("@hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        command.Parameters.AddWithValue("@now", Timestamp.Text);
        command.ExecuteNonQuery();
    }

    private static string Word(Random random) =>
        new([.. Enumerable.Range(0, random.Next(2, 11)).Select(_ => (char)random.Next('a', 'z' + 1))]);

    /// <summary>As in a language, few words are frequent.</summary>
    private static string Text(string[] words, Random random)
    {
        var text = new StringBuilder(Characters + 16);
        while (text.Length < Characters)
        {
            text.Append(words[(int)(Math.Pow(random.NextDouble(), 3) * words.Length)]).Append(' ');
        }
        return text.ToString();
    }
}
