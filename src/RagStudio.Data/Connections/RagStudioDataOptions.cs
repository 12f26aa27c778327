using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>The location and connection settings of RAG Studio's two databases.</summary>
public sealed class RagStudioDataOptions
{
    /// <summary>The configuration section that the options are bound from.</summary>
    public const string SectionName = "RagStudio:Data";

    /// <summary>The folder of the database files; a relative one starts at the current folder.</summary>
    /// <value>Default: <c>data</c>.</value>
    public string DataDirectory { get; set; } = "data";

    /// <summary>True if the event tables live in <c>app_meta.db</c> beside the others.</summary>
    /// <value>
    /// Default: <see langword="null"/>, as they are in the folder; in a new one each context has its own file. A value that contradicts what is
    /// there is refused with a <see cref="DatabaseLayoutException"/> before anything is made.
    /// </value>
    public bool? SingleDatabase { get; set; }

    /// <summary>The durability of the commits of <see cref="AppMetaContext"/>.</summary>
    /// <value>
    /// Default: <see cref="SqliteSynchronous.Normal"/>: the last commits may be lost in a power failure, up to the last
    /// <see cref="KnowledgeBaseRepository.FlushAsync"/>.
    /// </value>
    public SqliteSynchronous AppMetaSynchronous { get; set; } = SqliteSynchronous.Normal;

    /// <summary>The durability of the commits of <see cref="EventsContext"/>.</summary>
    /// <value>Default: <see cref="SqliteSynchronous.Full"/>: an event that was appended survives a power cut.</value>
    public SqliteSynchronous EventsSynchronous { get; set; } = SqliteSynchronous.Full;

    /// <summary>
    /// The types of the events that delete a knowledge base: the one that <c>$.kb_id</c> of their data names, else the one that they are the
    /// aggregate of. Such an event, and those before it of the same aggregate, may name that knowledge base when it is gone; every other event
    /// that does is reported by a validation.
    /// </summary>
    /// <value>
    /// Default: <c>knowledge_base.deleted</c>, which new writers should use, and the other spellings <c>knowledge_base_deleted</c>,
    /// <c>KnowledgeBaseDeleted</c>, <c>kb.deleted</c>, <c>kb_deleted</c>, <c>KbDeleted</c>. The configuration adds to them. Case matters.
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

    /// <summary>The other settings of every connection of both contexts.</summary>
    public SqliteConnectionSettings Connections { get; set; } = new();
}
