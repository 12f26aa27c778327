namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>Fills the disk with a file when a run reaches a point.</summary>
internal sealed class FillAt(int point, string ballast) : IProgress<MigrationProgress>
{
    private int _points;

    public bool Reached => _points >= point;

    public void Report(MigrationProgress value) => Pass();

    public void Pass()
    {
        if (++_points == point)
        {
            Fill();
        }
    }

    private void Fill()
    {
        try
        {
            using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // The disk is full, as intended.
        }
    }
}
