import sys; sys.path.insert(0,'scripts')
from corpus_generate import documents
import json
part=sys.argv[1]; n=int(sys.argv[2])
for m in documents(1,n,part):
    print('=====',m.name); print(m.text); 
    if len(sys.argv)>3: print(json.dumps(m.gold,ensure_ascii=False,indent=0))
