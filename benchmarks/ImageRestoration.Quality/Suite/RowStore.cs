namespace ImageRestoration.Quality.Suite;

/// <summary>Rows in a file that is complete after every change, so that a long run can be stopped and resumed.</summary>
internal sealed class RowStore
{
    private readonly string? _path;
    private readonly List<EvaluationRow> _rows;

    private RowStore(string? path, List<EvaluationRow> rows) => (_path, _rows) = (path, rows);

    public IReadOnlyList<EvaluationRow> Rows => _rows;

    /// <summary>Opens a file, which need not exist yet.</summary>
    /// <param name="path">The file; rows are kept in memory alone where null.</param>
    public static RowStore Open(string? path)
        => new(path, path is not null && File.Exists(path) ? [.. EvaluationReport.ReadJson<EvaluationRow>(path)] : []);

    /// <summary>
    /// Whether there is a row of the same case, restorer and backend, of models of the same weights, over as many pictures.
    /// </summary>
    public bool Has((string Task, string Images, string Case, string Restorer, string Backend) key, ModelFacts? facts, int? limit)
        => _rows.Exists(row => row.Key == key && row.Limit == limit
            && row.Model?.Fingerprint == facts?.Fingerprint && row.Model?.GreyFingerprint == facts?.GreyFingerprint);

    /// <summary>Adds a row, or replaces the one with its key.</summary>
    public void Put(EvaluationRow row)
    {
        int index = _rows.FindIndex(other => other.Key == row.Key);
        if (index < 0)
        {
            _rows.Add(row);
        }
        else
        {
            _rows[index] = row;
        }

        if (_path is not null)
        {
            EvaluationReport.WriteJson(_path, _rows);
        }
    }
}
