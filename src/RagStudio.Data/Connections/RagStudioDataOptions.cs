using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>The location and connection settings of RAG Studio's two databases.</summary>
public sealed class RagStudioDataOptions
{
    /// <summary>The configuration section that the options are bound from.</summary>
    public const string SectionName = "RagStudio:Data";

    /// <summary>The database system.</summary>
    /// <value>Default: <see cref="DataProvider.Sqlite"/>.</value>
    public DataProvider Provider { get; set; }

    /// <summary>
    /// The connection string of the PostgreSQL database, for example <c>Host=db.example.org;Database=rag;Username=rag</c>.
    /// The tables are in the schemas <c>app_meta</c> and <c>events</c>, whatever its <c>Search Path</c>.
    /// </summary>
    /// <value>Default: <see langword="null"/>; required with <see cref="DataProvider.PostgreSql"/>.</value>
    public string? ConnectionString { get; set; }

    /// <summary>The connection string of another PostgreSQL database for <see cref="EventsContext"/>.</summary>
    /// <value>Default: <see langword="null"/>, that of <see cref="ConnectionString"/>.</value>
    public string? EventsConnectionString { get; set; }

    /// <summary>The folder of the database files of SQLite; a relative path is relative to the current folder.</summary>
    /// <value>Default: <c>data</c>.</value>
    public string DataDirectory { get; set; } = "data";

    /// <summary>True if the event tables are in <c>app_meta.db</c> together with the others; only for SQLite.</summary>
    /// <value>
    /// Default: <see langword="null"/>, the layout found in the folder; in a new folder each context has its
    /// own file. A value that contradicts the files is rejected with a <see cref="DatabaseLayoutException"/>
    /// before anything is created.
    /// </value>
    public bool? SingleDatabase { get; set; }

    /// <summary>The durability of the commits of <see cref="AppMetaContext"/>; only for SQLite.</summary>
    /// <value>
    /// Default: <see cref="SqliteSynchronous.Normal"/>: the last commits may be lost in a power failure, up to the last
    /// <see cref="KnowledgeBaseRepository.FlushAsync"/>.
    /// </value>
    public SqliteSynchronous AppMetaSynchronous { get; set; } = SqliteSynchronous.Normal;

    /// <summary>The durability of the commits of <see cref="EventsContext"/>; only for SQLite.</summary>
    /// <value>Default: <see cref="SqliteSynchronous.Full"/>: an appended event survives a power failure.</value>
    public SqliteSynchronous EventsSynchronous { get; set; } = SqliteSynchronous.Full;

    /// <summary>
    /// The types of events that delete a knowledge base: the one that <c>$.kb_id</c> of their data refers to,
    /// otherwise the one that is their aggregate. Such an event, and earlier events of the same aggregate,
    /// may refer to that knowledge base after it is gone; a validation reports every other event that does.
    /// </summary>
    /// <value>
    /// Default: <c>knowledge_base.deleted</c>, which new writers should use, and the other spellings
    /// <c>knowledge_base_deleted</c>, <c>KnowledgeBaseDeleted</c>, <c>kb.deleted</c>, <c>kb_deleted</c>,
    /// <c>KbDeleted</c>. The configuration adds to them. Case-sensitive.
    /// </value>
    public IList<string> KnowledgeBaseDeletedTypes { get; } =
    [
        "knowledge_base.deleted",
        "knowledge_base_deleted",
        "KnowledgeBaseDeleted",
        "kb.deleted",
        "kb_deleted",
        "KbDeleted",
    ];

    /// <summary>How often a subscription checks for events that another process appended.</summary>
    /// <value>Default: 250 milliseconds; from 10 milliseconds to 1 hour.</value>
    public TimeSpan EventPollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The other settings of every SQLite connection of both contexts.</summary>
    public SqliteConnectionSettings Connections { get; set; } = new();
}
