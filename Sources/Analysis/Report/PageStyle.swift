/// The look of the page: narrow and wide, light and dark, on a screen and on A4.
enum PageStyle {
  /// Without what markup would have to escape.
  static let text = screen + dark + paper

  private static let screen = """
    :root{color-scheme:light dark;--page:#fff;--text:#1b1b1b;--soft:#595959;--rule:#cfcfcf;\
    --link:#00568a}\
    *{box-sizing:border-box}\
    body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;\
    overflow-wrap:anywhere}\
    main,footer{max-width:47rem;margin:0 auto;padding:1rem}\
    h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;\
    border-top:1px solid var(--rule);padding-top:1rem}h3{font-size:1.05rem;margin:1.75rem 0 .5rem}\
    .lead{font-size:1.1rem}.small,figcaption,caption,footer{font-size:.875rem;color:var(--soft)}\
    a{color:var(--link)}nav ul{padding:0;list-style:none}nav li{display:inline-block;\
    margin:0 1.25rem .5rem 0}li{margin:.35rem 0}.claims p{margin:.2rem 0}\
    figure{margin:1rem 0}figcaption{margin-top:.25rem}.wide{overflow-x:auto}\
    .wide .s2v{display:block;min-width:36rem}\
    .wide:focus-visible{outline:2px solid var(--link)}\
    table{border-collapse:collapse;width:100%;min-width:24rem;overflow-wrap:normal;\
    font-variant-numeric:tabular-nums}\
    caption{text-align:left;padding:.25rem 0}th,td{text-align:left;vertical-align:top;\
    padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--rule)}\
    tbody th{font-weight:600}footer{border-top:1px solid var(--rule);margin-top:2rem}
    """

  private static let dark = """
    @media (prefers-color-scheme:dark){:root{--page:#161616;--text:#ececec;--soft:#b0b0b0;\
    --rule:#444;--link:#7cc4f2}}
    """

  /// Figures, rows and claims are not cut; headings stay with what follows.
  private static let paper = """
    @page{size:A4;margin:16mm 18mm}\
    @media print{:root{color-scheme:light;--page:#fff;--text:#000;--soft:#444;--rule:#bbb;\
    --link:#000}body{font-size:10pt}main,footer{max-width:none;padding:0}nav{display:none}\
    figure,table,tr,li,footer{break-inside:avoid}h1,h2,h3,caption{break-after:avoid}\
    .wide{overflow:visible}.wide .s2v{min-width:0;width:100%;max-height:235mm}\
    table{min-width:0}p{orphans:3;widows:3}}
    """
}
